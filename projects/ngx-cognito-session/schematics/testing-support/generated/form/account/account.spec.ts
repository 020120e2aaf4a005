import { TestBed } from '@angular/core/testing';
import { provideSessionTesting, SessionTestingController } from 'ngx-cognito-session/testing';
import { Account } from './account';

describe('Account', () => {
  it('shows the user', async () => {
    TestBed.configureTestingModule({
      providers: [provideSessionTesting()],
    });
    TestBed.inject(SessionTestingController).signIn({ username: 'alice' });

    const fixture = TestBed.createComponent(Account);
    fixture.autoDetectChanges();
    await fixture.whenStable();

    const page = fixture.nativeElement as HTMLElement;
    expect(page.textContent).toContain('Signed in as alice.');
  });
});
