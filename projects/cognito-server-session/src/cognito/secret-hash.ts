/** The `SECRET_HASH` of `InitiateAuth`: base64 of HMAC-SHA-256 over username and client id, with the client secret as key. */
export async function secretHash(secret: string, username: string, clientId: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(username + clientId));
  return btoa(String.fromCharCode(...new Uint8Array(signature)));
}
