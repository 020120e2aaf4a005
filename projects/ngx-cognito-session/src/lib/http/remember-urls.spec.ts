import fc from 'fast-check';
import { oddUrls } from '../../../testing-support/odd-urls';
import { rememberUrls } from './remember-urls';
import { parseRequestUrl } from './url-scope';

const BASE = 'https://app.example.com/shop/';

function counted() {
  const reads: string[] = [];
  const pathOf = rememberUrls((url, baseUrl) => {
    reads.push(url);
    const parsed = parseRequestUrl(url, baseUrl);
    return parsed === null ? 'none' : parsed.origin + parsed.pathname;
  });
  return { pathOf, reads };
}

describe('what is remembered about URLs', () => {
  it('is read once per path, whatever is in the query and the fragment', () => {
    const { pathOf, reads } = counted();

    const paths = ['/api', '/api', '/api?x=1', '/api?x=2', '/api#y', '/api#z'].map((url) =>
      pathOf(url, BASE),
    );

    expect(new Set(paths)).toEqual(new Set(['https://app.example.com/api']));
    expect(reads).toEqual(['/api', '/api?', '/api#']);
  });

  it('is forgotten when the base of relative URLs changes', () => {
    const { pathOf } = counted();

    expect(pathOf('api', BASE)).toBe('https://app.example.com/shop/api');
    expect(pathOf('api', 'https://cdn.example.com/')).toBe('https://cdn.example.com/api');
    expect(pathOf('api', BASE)).toBe('https://app.example.com/shop/api');
  });

  it('is bounded: old paths are read again, and long URLs every time', () => {
    const { pathOf, reads } = counted();
    const many = Array.from({ length: 1000 }, (_, id) => `/api/${String(id)}`);
    for (const url of many) pathOf(url, BASE);
    pathOf('/api/0', BASE);
    expect(reads.filter((url) => url === '/api/0')).toHaveLength(2);

    const long = `/api/${'x'.repeat(1000)}`;
    pathOf(long, BASE);
    pathOf(long, BASE);
    expect(reads.filter((url) => url === long)).toHaveLength(2);
  });

  it('is what would be read of the whole URL', () => {
    const { pathOf } = counted();
    const whole = (url: string) => {
      const parsed = parseRequestUrl(url, BASE);
      return parsed === null ? 'none' : parsed.origin + parsed.pathname;
    };

    for (const url of ['/api ', '/api ?x', '/api #x', '/api\t?x', ' ?', '#', ''])
      expect(pathOf(url, BASE)).toBe(whole(url));
    fc.assert(
      fc.property(oddUrls, (url) => {
        expect(pathOf(url, BASE)).toBe(whole(url));
      }),
      { numRuns: 2000 },
    );
  });
});
