import type { LocalS3 } from 'local-services';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test';

const texts = (s3: LocalS3) => s3.objects().map(({ key, body }) => [key, body.toString()]);

async function chooseFile(page: Page, name: string, text: string): Promise<void> {
  const file = { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
  await page.getByLabel('Upload a file').setInputFiles(file);
}

test('the page shows whose credentials these are, stores and lists files, and signs a call', async ({
  page,
  demo,
  emulator,
  api,
  s3,
}) => {
  await page.goto('/aws');
  const status = page.getByRole('status', { name: 'Credentials' });
  await expect(status).toContainText('Guest');
  const guestId = await page.getByTestId('identity-id').innerText();
  await chooseFile(page, 'draft.txt', 'of a guest');
  const files = page.getByRole('table', { name: 'Files' });
  await expect(files).toContainText('draft.txt');
  expect(texts(s3)).toEqual([[`${guestId}/draft.txt`, 'of a guest']]);

  await demo.signIn();
  await page.getByRole('link', { name: 'AWS' }).click();

  await expect(status).toContainText('alice');
  // The guest was linked.
  await expect(page.getByTestId('identity-id')).toHaveText(guestId);
  await expect(files).toContainText('draft.txt');
  await expect(page.getByRole('timer', { name: 'Credentials expire in' })).toHaveText(
    /^(1:00:00|[1-5]\d:\d\d)$/,
  );
  const first = await page.getByTestId('access-key-id').innerText();
  expect(emulator.findCredentials(first)).toMatchObject({ identityId: guestId, isGuest: false });

  await page.getByRole('button', { name: 'Refresh credentials' }).click();
  await expect(page.getByTestId('access-key-id')).not.toHaveText(first);
  const second = await page.getByTestId('access-key-id').innerText();
  const signed = api.nextSignedRequest();
  await page.getByRole('button', { name: 'Call the signed API' }).click();
  await expect(page.getByRole('status', { name: 'Signed answer' })).toContainText('HTTP 200');
  expect(await signed).toMatchObject({ verdict: 'accepted', accessKeyId: second, identityId: guestId });

  const html = await page.content();
  for (const { secretAccessKey, sessionToken } of emulator.issuedCredentials())
    for (const secret of [secretAccessKey, sessionToken]) expect(html).not.toContain(secret);
});

test(
  'the page says in words why there are no credentials, and finds back by itself',
  { tag: '@long' },
  async ({ page, demo, emulator, complaints }) => {
    complaints.expect(/status of 400/);
    emulator.faults.add('GetId', { kind: 'throttle', times: 100 });
    await demo.signIn();
    await page.getByRole('link', { name: 'AWS' }).click();

    const status = page.getByRole('status', { name: 'Credentials' });
    await expect(status).toContainText('does not accept more requests at the moment');
    emulator.faults.clear();
    await expect(status).toContainText('alice');
    await expect(demo.who).toContainText('alice');
  },
);
