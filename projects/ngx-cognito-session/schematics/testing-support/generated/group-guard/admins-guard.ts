import { groupGuard } from 'ngx-cognito-session';

/** Admits signed-in members of the group. Visitors go to sign-in. */
export const adminsGuard = groupGuard({ any: ['admins', 'owners'] }, { denied: '/no-access' });
