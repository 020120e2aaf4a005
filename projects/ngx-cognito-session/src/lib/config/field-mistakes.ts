/** Whether a field may have such a value because an environment variable is not set. Pure. */
export function isUnset(value: unknown): value is undefined | '' | 'undefined' {
  return value === undefined || value === '' || value === 'undefined';
}

/** The message of development about such a field. Pure. */
export function unsetMessage(
  field: string,
  value: undefined | '' | 'undefined',
  owner = 'provideSession',
): string {
  const found = value === undefined ? 'undefined' : `the text '${value}'`;
  return `${owner}: ${field} is ${found}. If it comes from an environment variable, that variable is not set. Leave out a field that you do not need.`;
}

/** The Region of `us-gov-west-1`, or of the pool `us-gov-west-1_AbCdEf123`. */
const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}(?=_|$)/;

/** Whether a text has the form of an AWS Region. Pure. */
export function isRegion(text: string): boolean {
  return !text.includes('_') && REGION.test(text);
}

/** The message of development about a text that has not. Pure. */
export function regionMessage(region: string, userPoolId = ''): string {
  const example = REGION.exec(userPoolId)?.[0];
  const fix = example === undefined ? 'Use one such as eu-west-1.' : `The user pool is in ${example}.`;
  return `provideSession: region '${region}' is not the name of an AWS Region. ${fix}`;
}
