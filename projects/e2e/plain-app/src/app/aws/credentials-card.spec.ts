import { provideZonelessChangeDetection } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { AwsCredentialsService, provideAwsCredentials } from 'ngx-cognito-session/aws-credentials';
import { provideSessionTesting, SessionTestingController } from 'ngx-cognito-session/testing';
import { firstValueFrom } from 'rxjs';
import { CredentialsCard } from './credentials-card';

const HOUR = 3_600_000;

describe('CredentialsCard', () => {
  it('says that credentials were not refreshed, until they are', async () => {
    TestBed.configureTestingModule({
      providers: [
        provideZonelessChangeDetection(),
        provideAwsCredentials({ identityPoolId: 'eu-west-1:11111111-2222-4333-8444-555555555555' }),
        provideSessionTesting(),
      ],
    });
    const testing = TestBed.inject(SessionTestingController);
    testing.signIn({ username: 'alice' });
    const fixture = TestBed.createComponent(CredentialsCard);
    const card = fixture.nativeElement as HTMLElement;
    await firstValueFrom(TestBed.inject(AwsCredentialsService).getCredentials());
    await fixture.whenStable();
    testing.identityPool.failNext('throttled');

    card.querySelector('button')?.click();
    await fixture.whenStable();
    const afterFailure = card.querySelector('[role=alert]')?.textContent;
    testing.advance(HOUR);
    await fixture.whenStable();

    expect(afterFailure).toContain('Not refreshed');
    expect(card.querySelector('[role=alert]')).toBeNull();
    expect(card.querySelector('[role=status]')?.textContent).toContain('alice');
  });
});
