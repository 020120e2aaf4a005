export { withAwsSdk } from './lib/with-aws-sdk';
