/** For tests of which many show one kind of behaviour: those that do not stand for it every day run in `npm run test:full`. */
export const everyDay = (standsForAll: boolean): { readonly tag: string[] } => ({
  tag: standsForAll ? [] : ['@long'],
});
