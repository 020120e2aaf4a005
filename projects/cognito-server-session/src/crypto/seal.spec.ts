import { importMasterKeys, sealWith, sessionSeal } from './seal';
import { fromCookieValue, newSessionSecret, type SessionSecret } from './session-secret';

const [OLD, NEW] = ['A'.repeat(43), `${'B'.repeat(42)}A`];

async function secretOf(value: string): Promise<SessionSecret> {
  const secret = await fromCookieValue(value);
  if (secret === null) throw new Error('The value is malformed.');
  return secret;
}

describe('the seal of a session', () => {
  it('opens what it has sealed, and never seals twice alike', async () => {
    const seal = await sessionSeal(await newSessionSecret('alice'));
    const [first, second] = [await seal.seal('a token'), await seal.seal('a token')];

    expect(await seal.open(first)).toBe('a token');
    expect(first).not.toBe(second);
    expect(first).toMatch(/^[\w-]{16}\.[\w-]+$/);
  });

  it('opens what an earlier version of the package has sealed', async () => {
    const seal = await sessionSeal(await secretOf(`YWxpY2U.${OLD}`));

    expect(await seal.open('QWqdDtQjUFLm38Sy.TBkdKyCpm7-M1cZGb0QpT-GykI1aWdxaG07WOSomaw')).toBe(
      'a refresh token',
    );
  });

  it('of another user with the same secret opens nothing', async () => {
    const sealed = await (await sessionSeal(await secretOf(`YWxpY2U.${OLD}`))).seal('a token');

    expect(await (await sessionSeal(await secretOf(`Ym9i.${OLD}`))).open(sealed)).toBeNull();
  });

  it.each(['', '.', 'AAAA', 'AAAAAAAAAAAAAAAA.', '.AAAA', 'AAAAAAAAAAAAAAAA.AAAA', '!.!'])(
    'does not open %j',
    async (sealed) => {
      expect(await (await sessionSeal(await newSessionSecret('alice'))).open(sealed)).toBeNull();
    },
  );
});

describe('the seal of master keys', () => {
  it('seals with the first, and opens with each', async () => {
    const key = { sub: 'alice', sidHash: 'x' };
    const [onlyOld, onlyNew, both] = [
      sealWith(await importMasterKeys([OLD]), key),
      sealWith(await importMasterKeys([NEW]), key),
      sealWith(await importMasterKeys([NEW, OLD]), key),
    ];

    expect(await both.open(await onlyOld.seal('a token'))).toBe('a token');
    expect(await onlyNew.open(await both.seal('a token'))).toBe('a token');
    expect(await onlyOld.open(await both.seal('a token'))).toBeNull();
  });

  it('keeps its keys where no code reads them', async () => {
    const [key] = await importMasterKeys([OLD]);

    expect(key?.extractable).toBe(false);
  });

  it('needs a key', async () => {
    await expect(sealWith([], { sub: 'alice', sidHash: 'x' }).seal('a token')).rejects.toThrow('no key');
    expect(await sealWith([], { sub: 'alice', sidHash: 'x' }).open('AAAA.AAAA')).toBeNull();
  });
});
