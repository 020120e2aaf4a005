import recorded from '../results/server.json';
import { operationsOfServerSessions } from './operations';

describe('the operations of DynamoDB', () => {
  it('are as many for each kind of request as the benchmark says', async () => {
    const operations = await operationsOfServerSessions();

    expect(Object.entries(operations)).toEqual(
      recorded.operations.map(({ request, operations }) => [request, operations]),
    );
  });
});
