import { csrfProblem } from './csrf';

const APP = 'https://app.example.com';
const problem = (method: string, headers: Record<string, string>) =>
  csrfProblem({ method, headers: new Headers(headers) }, APP);
const csrf = { 'X-CSRF': '1' };

describe('csrfProblem', () => {
  it.each<[string, string, Record<string, string>]>([
    ['a GET of the same origin', 'GET', csrf],
    ['a GET that says so', 'GET', { ...csrf, Origin: APP, 'Sec-Fetch-Site': 'same-origin' }],
    ['a POST of the same origin', 'POST', { ...csrf, Origin: APP }],
    ['a DELETE of the same origin', 'DELETE', { ...csrf, Origin: APP, 'Sec-Fetch-Site': 'same-origin' }],
  ])('has nothing against %s', (_, method, headers) => {
    expect(problem(method, headers)).toBeNull();
  });

  it.each<[string, string, Record<string, string>]>([
    ['a GET without the header', 'GET', {}],
    ['a GET with another value', 'GET', { 'X-CSRF': '0' }],
    ['a GET from another origin', 'GET', { ...csrf, Origin: 'https://evil.example' }],
    ['a GET from another site', 'GET', { ...csrf, 'Sec-Fetch-Site': 'cross-site' }],
    ['a GET from a sibling host', 'GET', { ...csrf, 'Sec-Fetch-Site': 'same-site' }],
    ['a navigation', 'GET', { ...csrf, 'Sec-Fetch-Site': 'none' }],
    ['a POST without Origin', 'POST', csrf],
    ['a DELETE without Origin', 'DELETE', { ...csrf, 'Sec-Fetch-Site': 'same-origin' }],
    ['a POST without the header', 'POST', { Origin: APP }],
    ['a POST from nowhere', 'POST', { ...csrf, Origin: 'null' }],
    ['a POST from another scheme', 'POST', { ...csrf, Origin: 'http://app.example.com' }],
    ['a POST from another port', 'POST', { ...csrf, Origin: `${APP}:8443` }],
    ['a POST from a longer host', 'POST', { ...csrf, Origin: `${APP}.evil.example` }],
    ['a POST that contradicts itself', 'POST', { ...csrf, Origin: APP, 'Sec-Fetch-Site': 'cross-site' }],
    [
      'a POST that trusts its proxy',
      'POST',
      { ...csrf, Origin: 'https://evil.example', Host: 'evil.example' },
    ],
  ])('refuses %s', (_, method, headers) => {
    expect(problem(method, headers)).toEqual(expect.any(String));
  });
});
