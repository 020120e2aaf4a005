import type { Locator, Page } from '@playwright/test';
import { chosenUser } from '../aws/chosen-pool';

export const { username: USERNAME, password: PASSWORD } = chosenUser(process.env);

/** The demo as a person finds their way in it: by what is written on it. */
export class DemoPage {
  /** Who is signed in, in the header of every page. */
  readonly who: Locator;
  readonly state: Locator;
  readonly renewals: Locator;
  readonly countdown: Locator;

  constructor(readonly page: Page) {
    this.who = page.getByRole('banner').getByRole('status');
    this.state = page.getByRole('region', { name: 'State' });
    this.renewals = page.getByTestId('renewals');
    this.countdown = page.getByRole('timer');
  }

  /** Until Angular has taken the form over, what is typed into it is lost; a person is never that fast. */
  async formIsReady(): Promise<void> {
    await this.page.locator('form.ng-untouched, form.ng-touched').waitFor();
  }

  /** Fills in the form of the sign-in page, which has to be open. */
  async submitCredentials(username = USERNAME, password = PASSWORD): Promise<void> {
    await this.formIsReady();
    await this.page.getByLabel('User name').fill(username);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  }

  /** From the first page of the demo to the signed-in user, who then stands on the session page. */
  async signIn(): Promise<void> {
    await this.page.goto('/sign-in');
    await this.submitCredentials();
    await this.who.getByText(USERNAME, { exact: true }).waitFor();
    await this.state.waitFor();
  }

  /** What the library has stored, as in `storedItems`. It is removed soon after the page shows that no user is signed in. */
  async sessionItems(): Promise<readonly string[]> {
    return (await this.storedItems()).filter((item) => item.startsWith('cognito-session:'));
  }

  /** Every item of both web storages, as one text per item: `key=value`. */
  storedItems(): Promise<readonly string[]> {
    return this.page.evaluate(() =>
      [localStorage, sessionStorage].flatMap((storage) =>
        Object.entries(storage).map(([key, value]) => `${key}=${String(value)}`),
      ),
    );
  }
}
