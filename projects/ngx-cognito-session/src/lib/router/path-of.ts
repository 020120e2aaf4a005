/** Of a URL of the router: without matrix parameters, wherever they stand, query and fragment. Pure. */
export function pathOf(url: string): string {
  return url.replace(/[?#].*|;[^/()]*/gs, '');
}
