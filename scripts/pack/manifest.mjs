import { BUNDLED } from "./bundle.mjs";

/**
 * The package.json of the published package: without what only serves its development, and above all without scripts, so
 * that nothing runs where it is installed. Overrides would be ignored there.
 */
export function manifest({ devDependencies: _, overrides: __, scripts: ___, ...published }) {
  return { ...published, bundleDependencies: BUNDLED };
}
