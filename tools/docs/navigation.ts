/** A group of pages in the side bar. */
export interface Section {
  readonly title: string;
  /** Paths in `projects/docs`, without `.md`, in the order of reading. */
  readonly pages: readonly string[];
  readonly groups?: readonly Section[];
}

const within = (folder: string, ...pages: readonly string[]): readonly string[] =>
  pages.map((page) => `${folder}/${page}`);

/** All pages that are written by hand but the diagnostics, which a page of their own lists. */
export const sections: readonly Section[] = [
  {
    title: 'Start',
    pages: within(
      'start',
      ...['is-it-for-you', 'quick-start', 'app-client', 'without-aws', 'choose-your-setup'],
    ),
  },
  {
    title: 'Guides',
    pages: [],
    groups: [
      { title: 'Sign-in', pages: within('guides', 'managed-login', 'sign-in-form', 'idle-sign-out') },
      {
        title: 'In the app',
        pages: within(
          'guides',
          ...['guards-and-groups', 'groups-in-templates', 'user-attributes', 'calling-apis'],
          ...['offline-and-errors', 'logging'],
        ),
      },
      {
        title: 'Session',
        pages: within('guides', 'storage', 'tabs', 'token-verification', 'content-security-policy'),
      },
      {
        title: 'On a server',
        pages: within(
          'guides',
          ...['server-rendering', 'server-sessions', 'server-sessions-angular', 'server-sessions-operation'],
        ),
      },
      {
        title: 'AWS and other clients',
        pages: within(
          'guides',
          ...['aws-credentials', 'aws-credentials-recipes', 'apollo-and-appsync'],
          ...['websocket', 'server-sent-events'],
        ),
      },
      {
        title: 'Configurations',
        pages: within(
          'guides',
          ...['run-time-configuration', 'several-user-pools', 'ngmodule'],
          ...['micro-frontends', 'service-worker', 'capacitor'],
        ),
      },
      {
        title: 'Develop and test',
        pages: within(
          'guides',
          ...['testing', 'testing/components', 'testing/guards', 'testing/http', 'testing/aws-credentials'],
          ...['testing/end-to-end', 'end-to-end-sign-in', 'local-cognito', 'devtools'],
        ),
      },
    ],
  },
  {
    title: 'Migrate',
    pages: within(
      'migrate',
      ...['index', 'from-amplify', 'from-amazon-cognito-identity-js', 'from-angular-auth-oidc-client'],
      ...['from-cognito-session-manager', 'stored-sessions', 'to-server-sessions'],
    ),
  },
  { title: 'Understand', pages: within('understand', 'how-it-works', 'protocol', 'security', 'reliability') },
  {
    title: 'Reference',
    pages: within(
      'reference',
      ...['configuration', 'session', 'states-and-events', 'errors', 'refresh-failures', 'http'],
      ...['guards', 'managed-login', 'aws-credentials', 'storage-format', 'storage-options', 'numbers'],
      ...['server-session-threats', 'server-session-requirements', 'security-requirements', 'support'],
      'diagnostics/index',
    ),
  },
  { title: 'Compare', pages: within('compare', 'index', 'server-and-day') },
  { title: 'FAQ', pages: ['faq'] },
  {
    title: 'Project',
    pages: within('project', 'source-tour', 'races', 'mutation', 'benchmarks', 'releasing'),
  },
];

/** Pages that the side bar does not list: the home page, and those that a message links to. */
const elsewhere = /^(?:README|index|reference\/diagnostics\/NCS\d+)$/;

/** What is wrong with a list of sections, one a line: pages that are not there, and pages that it does not list. Pure. */
export function complainOfSections(listed: readonly Section[], names: readonly string[]): readonly string[] {
  const pages = pagesOf(listed).map((page) => `${page}.md`);
  const missing = pages.filter((page) => !names.includes(page));
  const forgotten = names.filter(
    (name) => !pages.includes(name) && !elsewhere.test(name.replace(/\.md$/, '')),
  );
  return [
    ...missing.map((page) => `${page} is listed and is not there.`),
    ...forgotten.map((page) => `${page} is in no section.`),
  ];
}

/** The pages of sections in the order of reading. Pure. */
export function pagesOf(listed: readonly Section[]): readonly string[] {
  return listed.flatMap(({ pages, groups = [] }) => [...pages, ...pagesOf(groups)]);
}
