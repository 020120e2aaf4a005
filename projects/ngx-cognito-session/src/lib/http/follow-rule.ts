/**
 * What is said about redirects of a request with a token: browsers take `Authorization` off one that goes to another
 * origin, and no other header. Pure.
 */
export function followRule(headerName: string, asked = 'follow'): { readonly redirect?: 'error' } {
  return headerName.toLowerCase() !== 'authorization' && asked === 'follow' ? { redirect: 'error' } : {};
}
