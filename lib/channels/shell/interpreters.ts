/** Where an interpreter that is no shell finds its code; indexes into the words of the command. */
export interface Code {
  /** Words that are code or name it, behind options such as `-e`. */
  readonly inline: readonly number[];
  /** The word that names the program, or is it; undefined where there is none. */
  readonly script: number | undefined;
}

/** Reads the words behind an interpreter at `at`; undefined when the word there is none. `filled` words are no options. */
export function interpreterCode(
  words: readonly string[],
  at: number,
  name: string,
  filled: (index: number) => boolean,
): Code | undefined {
  const language = LANGUAGES.find(({ names }) => names.test(name));
  if (language === undefined) return undefined;
  const inline: number[] = [];
  let index = at + 1;
  for (; index < words.length && !filled(index); index++) {
    const word = words[index] ?? "";
    if (word === "--") index++;
    if (word === "--" || word === "-" || !word.startsWith("-")) break;
    if (language.inline.test(word)) inline.push(++index);
    else if (language.valued.test(word)) index++;
  }
  return { inline, script: inline.length === 0 && index < words.length ? index : undefined };
}

interface Language {
  readonly names: RegExp;
  /** Options in front of code, or of what names it. */
  readonly inline: RegExp;
  /** Other options that take the next word. */
  readonly valued: RegExp;
}

const LANGUAGES: readonly Language[] = [
  { names: /^(?:python|pypy)[\d.]*$/, inline: /^-\w*[cm]$/, valued: /^-\w*[WX]$/ },
  { names: /^perl[\d.]*$/, inline: /^-\w*[eE]$/, valued: /^-I$/ },
  { names: /^ruby[\d.]*$/, inline: /^-\w*e$/, valued: /^-[CEIr]$/ },
  {
    names: /^node(?:js)?$/,
    inline: /^(?:-e|-p|-pe|--eval|--print)$/,
    valued: /^(?:-r|--require|--import|--loader|-C|--conditions|--input-type)$/,
  },
  { names: /^php[\d.]*$/, inline: /^(?:-[rfBREF]|--run|--file|--process-\w+)$/, valued: /^-[dcz]$/ },
  { names: /^lua(?:jit)?[\d.]*$/, inline: /^-e$/, valued: /^-l$/ },
  { names: /^[gmn]?awk$/, inline: /^(?:-[efEi]|--file|--source|--exec|--include)$/, valued: /^-[vF]$/ },
  { names: /^g?sed$/, inline: /^(?:-\w*[ef]|--expression|--file)$/, valued: /^-l$/ },
];
