import { FakeVerifier } from '../../../testing-support/fake-verifier';
import { guardedApp, Page, type GuardedPage } from '../../../testing-support/guarded-app';
import { turns } from '../../../testing-support/turns';
import { verificationFeature } from '../provide-session/verification-feature';
import { signedInGuard } from './signed-in-guard';

const app = guardedApp();

function open(verifier: FakeVerifier): GuardedPage {
  return app.open({
    routes: [
      { path: 'account', component: Page, canActivate: [signedInGuard] },
      { path: 'sign-in', component: Page },
    ],
    features: [verificationFeature(() => verifier)],
  });
}

describe('a guard whose user has a stored session that cannot be verified', () => {
  it.each(['outage', 'silent'] as const)('lets the user in, as a stale session does (%s)', async (mode) => {
    const verifier = new FakeVerifier();
    await app.signIn(open(verifier));
    verifier.mode = mode;
    const { session } = open(verifier);

    const arrived = app.navigate('/account');
    await turns();
    app.time.advance(10_000);

    expect(await arrived).toBe('/account');
    expect(session.state().status).toBe('stale');
  });
});
