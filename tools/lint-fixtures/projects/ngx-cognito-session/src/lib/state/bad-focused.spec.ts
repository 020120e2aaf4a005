// expect-eslint: no-restricted-syntax
it.only('is the only test that counts', () => {
  expect(1).toBe(1);
});
