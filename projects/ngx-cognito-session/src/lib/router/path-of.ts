/** The path of a URL of the router, without matrix parameters, query and fragment. Pure. */
export function pathOf(url: string): string {
  return url.replace(/[?#].*|;[^/()]*/gs, '');
}
