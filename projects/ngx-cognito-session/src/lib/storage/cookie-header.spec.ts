import { parseCookieHeader } from './cookie-header';

describe('parseCookieHeader', () => {
  it.each([
    ['as a browser sends it', 'a=1; b=2; c=3'],
    ['without white space', 'a=1;b=2;c=3'],
    ['with tabs', 'a=1;\tb=2\t;\t c=3'],
    ['with white space around', '  a=1 ;  b=2 ; c=3  '],
    ['with empty pieces', ';; a=1;; b=2; ;c=3;'],
    ['with pieces that are not cookies', 'a=1; flag; b=2; =x; c=3; d='],
    ['of several headers', 'a=1; b=2, c=3'],
    ['of a header for each cookie', 'a=1,b=2,\tc=3'],
  ])('reads the cookies of a header %s', (_, header) => {
    const cookies = parseCookieHeader(header);

    expect(cookies.map(({ name, value }) => `${name}=${value}`)).toEqual(['a=1', 'b=2', 'c=3']);
  });

  it('keeps duplicates in their order', () => {
    expect(parseCookieHeader('a=1; a=2; a=1').map(({ value }) => value)).toEqual(['1', '2', '1']);
  });

  it.each([
    ['equals signs', 'a=b=c==', 'b=c=='],
    ['quotation marks', 'a="b"', '"b"'],
    ['commas of decoded JSON', 'a={"b":1,"c":2}', '{"b":1,"c":2}'],
    ['a comma at its end', 'a=b,', 'b,'],
  ])('leaves %s in a value', (_, header, value) => {
    expect(parseCookieHeader(header)).toEqual([{ name: 'a', value, isLoose: false }]);
  });

  it('marks a name after a comma, which may be part of another value', () => {
    expect(parseCookieHeader('a=1,b=2; c=3').map(({ name, isLoose }) => [name, isLoose])).toEqual([
      ['a', false],
      ['b', true],
      ['c', false],
    ]);
  });

  it('reads nothing in an empty header', () => {
    expect(parseCookieHeader('')).toEqual([]);
  });
});
