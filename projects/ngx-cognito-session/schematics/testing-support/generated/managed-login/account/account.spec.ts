import { TestBed } from '@angular/core/testing';
import { withManagedLogin } from 'ngx-cognito-session/managed-login';
import { provideSessionTesting, SessionTestingController } from 'ngx-cognito-session/testing';
import { Account } from './account';

describe('Account', () => {
  it('shows the user', async () => {
    TestBed.configureTestingModule({
      providers: [
        provideSessionTesting({
          features: [withManagedLogin({ domain: 'example.auth.eu-west-1.amazoncognito.com' })],
        }),
      ],
    });
    TestBed.inject(SessionTestingController).signIn({ username: 'alice' });

    const fixture = TestBed.createComponent(Account);
    fixture.autoDetectChanges();
    await fixture.whenStable();

    const page = fixture.nativeElement as HTMLElement;
    expect(page.textContent).toContain('Signed in as alice.');
  });
});
