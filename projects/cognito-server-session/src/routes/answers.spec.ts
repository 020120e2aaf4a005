import { NoSessionError, SessionUnavailableError } from '../errors/server-session-error';
import { errorAnswer, intermediatePage } from './answers';

describe('errorAnswer', () => {
  it('names the error, and writes no cookie unless it is told to', async () => {
    const answer = errorAnswer(new NoSessionError());

    expect([answer.status, await answer.json()]).toEqual([401, { error: 'noSession' }]);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.headers.get('retry-after')).toBeNull();
    expect(errorAnswer(new NoSessionError(), ['a=b']).headers.getSetCookie()).toEqual(['a=b']);
  });

  it('says when to try again', () => {
    expect(errorAnswer(new SessionUnavailableError('throttled', 7)).headers.get('retry-after')).toBe('7');
  });
});

describe('the intermediate page', () => {
  it('shows no character of the address as markup', async () => {
    const page = await intermediatePage(`https://app.example.com/?a=1&b="<'>`, []).text();

    expect(page).toContain('href="https://app.example.com/?a=1&#38;b=&#34;&#60;&#39;&#62;"');
  });
});
