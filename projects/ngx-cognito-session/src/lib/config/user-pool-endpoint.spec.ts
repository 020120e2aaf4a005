import { userPoolEndpoint } from './user-pool-endpoint';

describe('userPoolEndpoint', () => {
  it.each([
    ['eu-west-1', 'https://cognito-idp.eu-west-1.amazonaws.com/'],
    ['us-gov-west-1', 'https://cognito-idp.us-gov-west-1.amazonaws.com/'],
    ['cn-north-1', 'https://cognito-idp.cn-north-1.amazonaws.com.cn/'],
    ['eusc-de-east-1', 'https://cognito-idp.eusc-de-east-1.amazonaws.eu/'],
    ['us-iso-east-1', 'https://cognito-idp.us-iso-east-1.c2s.ic.gov/'],
    ['us-isob-east-1', 'https://cognito-idp.us-isob-east-1.sc2s.sgov.gov/'],
    ['eu-isoe-west-1', 'https://cognito-idp.eu-isoe-west-1.cloud.adc-e.uk/'],
    ['us-isof-south-1', 'https://cognito-idp.us-isof-south-1.csp.hci.ic.gov/'],
  ])('knows the partition of %s', (region, endpoint) => {
    expect(userPoolEndpoint(region)).toBe(endpoint);
  });
});
