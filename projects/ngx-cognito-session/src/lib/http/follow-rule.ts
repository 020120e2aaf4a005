/**
 * How redirects of a request with a token are handled: browsers remove `Authorization` from one that goes to another
 * origin, and no other header. Pure.
 */
export function followRule(headerName: string, asked = 'follow'): { readonly redirect?: 'error' } {
  return headerName.toLowerCase() !== 'authorization' && asked === 'follow' ? { redirect: 'error' } : {};
}
