import { jsonAnswer, type Answer } from './answer';
import type { ReceivedCall } from './received-call';

const REFUSAL = jsonAnswer(
  { message: 'The control path is for programs, and for pages of this machine.' },
  403,
);

/** What a control path answers to a page that is not of this machine; null for all other callers. */
export function refusalOfPage(header: ReceivedCall['header']): Answer | null {
  return isForeignPage(header) ? REFUSAL : null;
}

/**
 * Whether a page that this machine does not serve has sent a request. It may call the service, as every page may call Cognito; a control path, which
 * hands out tokens and changes everything, is not for it.
 */
function isForeignPage(header: ReceivedCall['header']): boolean {
  const host = header('host');
  // A name of the attacker's that leads to this machine: the page and the emulator have one origin then.
  if (host !== undefined && isPublicName(hostnameOf(`http://${host}`))) return true;
  const origin = header('origin');
  if (origin !== undefined) return !isLoopback(hostnameOf(origin));
  // An image or a link sends no origin.
  return header('sec-fetch-site') === 'cross-site';
}

/** Empty for what is no address. */
function hostnameOf(address: string): string {
  return URL.canParse(address) ? new URL(address).hostname : '';
}

function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** What a public name server may know. Names without a dot are those of containers and of the local network. */
function isPublicName(hostname: string): boolean {
  const isAddress = hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
  return !isAddress && hostname.includes('.') && !/\.(localhost|local|internal|test)$/.test(hostname);
}
