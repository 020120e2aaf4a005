import { isUnset, unsetMessage } from '../config/field-mistakes';
import { diagnosticText } from '../errors/diagnostic-text';
import { SessionError } from '../errors/session-error';
import type { TokenInjectionOptions } from './token-rule';

/**
 * A check of development: each entry of `attachTo` is a function, or has a URL. An unset variable of the environment is named
 * where it is used. Throws `invalidConfiguration`. Pure.
 */
export function checkEntries(options: TokenInjectionOptions): void {
  // The options of an app in plain JavaScript, or of a file with settings, may be anything.
  const attachTo: unknown = options.attachTo;
  if (!Array.isArray(attachTo)) throw invalidEntry('attachTo', attachTo);
  attachTo.forEach((entry: unknown, index) => {
    const { url } = typeof entry === 'object' && entry !== null && 'url' in entry ? entry : { url: entry };
    if (typeof url !== 'function' && (typeof url !== 'string' || isUnset(url)))
      throw invalidEntry(`attachTo[${index}]`, url);
  });
}

function invalidEntry(name: string, value: unknown): SessionError {
  return new SessionError(
    'invalidConfiguration',
    isUnset(value)
      ? diagnosticText('NCS114', unsetMessage(name, value, 'withTokenInjection'))
      : `withTokenInjection: ${name} is wrong.`,
  );
}
