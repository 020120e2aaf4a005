import { redact, redactText } from './redact';

const token = `eyJ${'a'.repeat(200)}wxyz`;

describe('redact', () => {
  it('shortens what may be a token, wherever it is', () => {
    const text = redact({ v: 1, tokens: { access: token, list: [token] } });

    expect(text).not.toContain(token);
    expect(JSON.parse(text)).toEqual({
      v: 1,
      tokens: {
        access: 'eyJ…wxyz (207 characters)',
        list: ['eyJ…wxyz (207 characters)'],
      },
    });
  });

  it('names bytes', () => {
    expect(redact({ sealed: new Uint8Array(12) })).toContain('12 bytes, encrypted');
  });

  it('looks into text that is JSON', () => {
    expect(redactText(JSON.stringify({ sid: 'short', key: token }))).toContain(
      '"key": "eyJ…wxyz (207 characters)"',
    );
    expect(redactText(token)).toBe('eyJ…wxyz (207 characters)');
    expect(redactText('1795953600')).toBe('1795953600');
  });
});
