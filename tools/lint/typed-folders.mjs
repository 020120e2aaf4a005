// @ts-check

/** Where the rules of this workspace, `local/…`, apply. They are the only ones of ESLint's that ask for types. */
export const typedFolders = ['projects/ngx-cognito-session', 'projects/cognito-server-session/src'];

/** The same in terms of ESLint. */
export const typedFiles = typedFolders.map((folder) => `${folder}/**/*.ts`);
