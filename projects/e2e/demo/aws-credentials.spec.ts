import { expect, test } from './demo-test';

test.describe('AWS credentials', { tag: '@long' }, () => {
  test('show identity, role and expiry, store a file and sign a call', async ({
    page,
    emulator,
    s3,
    signInAs,
  }) => {
    await signInAs('alice');
    await page.goto('/aws-credentials');
    const card = page.getByRole('group', { name: 'Credentials' });
    const [issued] = emulator.issuedCredentials();
    await expect(card.getByTestId('identity-id')).toHaveText(/^eu-west-1:/);
    await expect(card.getByTestId('role')).toHaveText('Cognito_EmulatorAuth_Role');
    await expect(card.getByRole('timer', { name: 'Time left' })).toHaveText(/\d+:\d\d/);
    if (issued !== undefined) expect(await page.content()).not.toContain(issued.secretAccessKey);

    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Upload a file' }).click();
    await (
      await chooser
    ).setFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
    await expect(page.getByRole('status', { name: 'Files' })).toContainText('notes.txt');
    expect(s3.objects().map(({ key }) => key)).toEqual([
      `${await card.getByTestId('identity-id').innerText()}/notes.txt`,
    ]);

    await page.getByRole('button', { name: 'Call the signed API' }).click();
    await expect(page.getByRole('status', { name: 'Signed answer' })).toContainText(
      '200: a user with the role Cognito_EmulatorAuth_Role',
    );
  });

  test('a guest has credentials, too', async ({ page }) => {
    await page.goto('/aws-credentials');

    await expect(page.getByText('You are a guest')).toBeVisible();
    await expect(page.getByRole('status', { name: 'Files' })).toContainText('No files yet.');
    await page.getByRole('button', { name: 'Call the signed API' }).click();
    await expect(page.getByRole('status', { name: 'Signed answer' })).toContainText('a guest');
  });
});
