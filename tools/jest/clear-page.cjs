// What specs leave in a page: storages and cookies. A Node program has none of them.
exports.clearPage = () => {
  const page = globalThis.document?.defaultView;
  if (!page) return;
  page.localStorage.clear();
  page.sessionStorage.clear();
  for (const cookie of page.document.cookie.split('; '))
    page.document.cookie = `${cookie.split('=', 1)[0]}=; Max-Age=0; Path=/`;
};
