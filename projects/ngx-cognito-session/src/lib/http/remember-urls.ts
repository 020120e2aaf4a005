/** How many URLs are remembered. Lists with an ID in the path have many more, and those seen last count most. */
const MOST_URLS = 100;
/** Longer URLs are mostly data. */
const LONGEST_URL = 500;

/**
 * Remembers what a function of a URL says, without the query and the fragment of the URL, and until the base of relative
 * URLs changes. The function must ignore query and fragment.
 */
export function rememberUrls<T>(
  read: (url: string, baseUrl: string | undefined) => T,
): (url: string, baseUrl: string | undefined) => T {
  const known = new Map<string, T>();
  let knownBase: string | undefined;
  return (url, baseUrl) => {
    if (baseUrl !== knownBase || known.size > MOST_URLS) known.clear();
    knownBase = baseUrl;
    const key = withoutQuery(url);
    let answer = known.get(key);
    if (answer === undefined) {
      answer = read(key, baseUrl);
      if (key.length <= LONGEST_URL) known.set(key, answer);
    }
    return answer;
  };
}

/**
 * Up to the query or the fragment, with its first character: `URL` drops white space at the end of a text, and not in front of
 * a query. A part of the text is found faster than a text that is put together.
 */
function withoutQuery(url: string): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end + 1);
}
