import { AWS_RUN, chosenPool, chosenUser, missingVariables } from './chosen-pool';

const variables = {
  COGNITO_REGION: 'eu-west-1',
  COGNITO_USER_POOL_ID: 'eu-west-1_Example01',
  COGNITO_CLIENT_ID: '1example23456789',
  COGNITO_USERNAME: 'bob',
  COGNITO_PASSWORD: 'secret',
};

describe('the user pool of a test run', () => {
  it('is a local one, whatever the variables of a terminal say, unless the run is for a user pool', () => {
    expect(chosenPool(variables)).toBeNull();
    expect(chosenUser(variables).username).toBe('alice');
  });

  it('is the one of the variables in a run for a user pool', () => {
    const environment = { ...variables, [AWS_RUN]: '1' };

    expect(chosenPool(environment)).toMatchObject({ userPoolId: 'eu-west-1_Example01' });
    expect(chosenUser(environment)).toEqual({ username: 'bob', password: 'secret' });
  });

  it('needs all of the variables', () => {
    expect(missingVariables(variables)).toEqual([]);
    expect(missingVariables({ ...variables, COGNITO_PASSWORD: '', COGNITO_REGION: undefined })).toEqual([
      'COGNITO_REGION',
      'COGNITO_PASSWORD',
    ]);
  });
});
