import { unpinnedActions } from './unpinned-actions';

const commit = '0123456789abcdef0123456789abcdef01234567';
const workflow = (action: string) =>
  `jobs:\n  a:\n    steps:\n      - uses: ${action}\n        with:\n          x: y\n`;

describe('unpinnedActions', () => {
  it.each([
    `actions/checkout@${commit} # v7.0.1`,
    `owner/repo/sub/folder@${commit} # v1.2.3`,
    './.github/actions/own',
  ])('takes %s', (action) => {
    expect(unpinnedActions(workflow(action))).toEqual([]);
  });

  it.each([
    'actions/checkout@v7',
    'actions/checkout@main',
    'actions/checkout',
    `actions/checkout@${commit.slice(1)} # v7.0.1`,
    `actions/checkout@${commit}`,
    `actions/checkout@${commit} # v7`,
    'docker://alpine:3',
  ])('refuses %s', (action) => {
    expect(unpinnedActions(workflow(action))).toEqual([action]);
  });

  it('finds it wherever it stands', () => {
    const text = `steps:\n  - name: a\n    uses: a/b@v1\n  - "uses": c/d@v2\njobs:\n  x:\n    uses: e/f/.github/workflows/g.yml@main\n`;

    expect(unpinnedActions(text)).toEqual(['a/b@v1', 'c/d@v2', 'e/f/.github/workflows/g.yml@main']);
  });

  it.each([
    'steps: [{ uses: a/b@v1 }]',
    'steps:\n  - { name: a, "uses": "a/b@v1" }',
    'steps:\n  - ? uses\n    : a/b@v1',
    'steps:\n  - uses:\n      a/b@v1',
    'env: &action a/b@v1\nsteps:\n  - uses: *action',
  ])('finds it in every spelling of YAML: %j', (text) => {
    expect(unpinnedActions(text)).toEqual(['a/b@v1']);
  });

  it('takes no other text for an action', () => {
    expect(unpinnedActions('steps:\n  - run: |\n      uses: a/b@v1\n')).toEqual([]);
  });
});
