/** @jest-environment-options {"url": "https://shop.app.example.com/account/orders/7"} */
import { cookieItems } from './cookie-items';

describe('the cookies of another library', () => {
  afterEach(() => {
    const items = cookieItems(document);
    for (const name of items.read().keys()) items.remove(name);
  });

  it('are decoded as js-cookie encodes them', () => {
    document.cookie = 'a%40b%2F100%2525%F0%9F%98%80=%7B%22a%22:1%7D';
    document.cookie = 'stray%=100%';

    expect([...cookieItems(document).read()].sort()).toEqual([
      ['a@b/100%25😀', '{"a":1}'],
      ['stray%', '100%'],
    ]);
  });

  it.each([
    [''],
    ['; Path=/'],
    ['; Path=/account'],
    ['; Path=/account/orders/'],
    ['; Path=/; Secure'],
    ['; Path=/; Domain=app.example.com'],
    ['; Path=/; Domain=example.com; Secure'],
    ['; Path=/account; Domain=shop.app.example.com'],
  ])('are removed, although a script cannot see where they were put: "%s"', (attributes) => {
    document.cookie = `other=1${attributes}`;
    document.cookie = `a%40b=1${attributes}`;

    cookieItems(document).remove('a@b');

    expect(document.cookie).toBe('other=1');
  });

  it('count with the one of the longest path, as for the library', () => {
    document.cookie = 'a=root; Path=/';
    document.cookie = 'a=near; Path=/account';

    expect(cookieItems(document).read().get('a')).toBe('near');
  });

  it('are removed from every path', () => {
    document.cookie = 'a=root; Path=/';
    document.cookie = 'a=near; Path=/account';

    cookieItems(document).remove('a');

    expect(document.cookie).not.toContain('a=');
  });
});
