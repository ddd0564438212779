/** All went well. */
export const OK = 0;

/** What was asked for can't be had here: a file that exists already, a request that would be refused. */
export const FAILURE = 1;

/** What the user wrote is wrong: the command line or the configuration. */
export const MISUSE = 2;
