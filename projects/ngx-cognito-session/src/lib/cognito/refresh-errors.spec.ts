import { describeRefreshErrors } from '../../../testing-support/describe-refresh-errors';

describeRefreshErrors('the built-in transport', () => []);
