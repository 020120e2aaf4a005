/** The tests that schematics create, in an app with zone.js. */
import './generated/form/account/account.spec';
import './generated/form/sign-in/sign-in.spec';
import './generated/group-guard/admins-guard.spec';
import './generated/managed-login/account/account.spec';
import './generated/managed-login/sign-in/sign-in.spec';
import './generated/server-session/account/account.spec';
import './generated/server-session/sign-in/sign-in.spec';
import './generated/session-guard/verified-guard.spec';
