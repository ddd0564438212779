import assert from "node:assert/strict";
import { test } from "node:test";
import { rewriteScript } from "../../lib/channels/shell-script.ts";

const P = "{{jsonpayload}}";
const V = "$" + "{UROCKET_JSONPAYLOAD}";

test("a placeholder becomes a reference to a variable, quoted for the place it stands in", () => {
  const places: [script: string, rewritten: string][] = [
    [`echo ${P}`, `echo "${V}"`],
    [`echo a${P}b`, `echo a"${V}"b`],
    [`echo "a ${P} b"`, `echo "a ${V} b"`],
    [`echo '${P}'`, `echo ''"${V}"''`],
    [`echo '{"a":${P}}'`, `echo '{"a":'"${V}"'}'`],
    [`echo "'${P}'"`, `echo "'${V}'"`],
    [`echo "$(echo "${P}" '${P}')"`, `echo "$(echo "${V}" ''"${V}"'')"`],
    [`echo $(case x in a) echo ${P};; esac) "${P}"`, `echo $(case x in a) echo "${V}";; esac) "${V}"`],
    [`cat <<E\nit's "\nE\necho ${P}`, `cat <<E\nit's "\nE\necho "${V}"`],
    [`cat <<E\na\\\nE\n'\nE\necho ${P}`, `cat <<E\na\\\nE\n'\nE\necho "${V}"`],
    [`cat <<'E'\na\\\nE\necho ${P}`, `cat <<'E'\na\\\nE\necho "${V}"`],
    [`cat <<<${P}`, `cat <<<"${V}"`],
    [`cat < <(echo ${P})`, `cat < <(echo "${V}")`],
    [`a=(${P} "${P}"); echo a#${P}`, `a=("${V}" "${V}"); echo a#"${V}"`],
  ];
  for (const [script, rewritten] of places) {
    assert.deepEqual(rewriteScript(script), { script: rewritten, variables: ["jsonpayload"] });
  }
});

test("each placeholder has a variable of its own", () => {
  const { script, variables } = rewriteScript("echo {{ method }} '{{path}}' {{query}} {{request_id}} {{path}}");
  const [method, path, query, id] = ["METHOD", "PATH", "QUERY", "REQUEST_ID"].map((name) => `"$\{UROCKET_${name}}"`);
  assert.equal(script, `echo ${method} ''${path}'' ${query} ${id} ${path}`);
  assert.deepEqual(variables, ["method", "path", "query", "request_id"]);
});

test("commands that take the value as data may have it", () => {
  const scripts = [
    `A=${P} B+=${P} a[1]=${P} prog ${P} "x${P}"`,
    `export A=${P}; readonly B="${P}"; local c=${P}`,
    `[ -n ${P} ] && test ${P} = x; [[ -z ${P} || ${P} == x* && "${P}" =~ y ]] && echo ${P}`,
    `printf '%s %-5s %b %q\\n' ${P}; set -- ${P}; echo "[${P}]" 'items[${P}]=1'`,
    `printf "hello ${P}"; printf -- ${P}; print -r -- ${P}; print -n - ${P}; print "hello ${P}"; print a ${P}`,
    `[ ${P} = "${P}" ] || [ ! ${P} ] || test -n ${P} -a -n ${P}; env -u A prog -S ${P}`,
    `nice -n 5 env A=b timeout -s KILL 5s prog ${P} > ${P}.log 2>&1 3<${P}`,
    `for x in ${P}; do echo ${P}; done; select y in ${P}; do break; done; while read -r z; do echo ${P}; done`,
    `case ${P} in (${P}) echo ${P};; a|"${P}") ;; *) echo ${P} ;& esac; if :; then echo ${P}; fi`,
    `sh -c 'echo "$1"' sh ${P}; bash -euo pipefail -c 'echo "$1"' bash "${P}"; bash -s ${P}`,
    `f() { echo ${P}; }; function g { echo ${P}; }; (echo ${P}) & echo ${P} | cat; ! echo ${P}`,
    `x=$((1 << 2)); ((x > 1)); echo ${P} $'a\\n' @(a|b) $"b" \`date\``,
  ];
  for (const script of scripts) {
    const { script: rewritten, variables } = rewriteScript(script);
    assert.deepEqual(variables, ["jsonpayload"], script);
    assert.ok(!rewritten.includes(P), rewritten);
  }
});

test("where quoting is out of reach the message names the place, the line and the variable to use by hand", () => {
  const places: [script: string, place: string][] = [
    [`cat <<E\n${P}\nE`, "in a here-document"],
    [`cat <<-'E' && echo\n\t${P}\n\tE`, "in a here-document"],
    [`echo \`echo ${P}\``, "in backticks"],
    [`echo "\`echo '${P}'\`"`, "in backticks"],
    [`echo $'${P}'`, "in $'...'"],
    [`echo "\${x:-${P}}"`, "in a parameter expansion"],
    [`echo \${x:-$(echo ${P})}`, "in a parameter expansion"],
    [`echo $((1 + ${P}))`, "in an arithmetic expression"],
    [`echo $((1 + $(echo ${P})))`, "in an arithmetic expression"],
    [`for ((i = 0; i < ${P}; i++)); do :; done`, "in an arithmetic expression"],
    [`echo # ${P}`, "in a comment"],
    [`echo \\${P}`, "behind a backslash"],
    [`echo "\\${P}"`, "behind a backslash"],
    [`echo "$${P}"`, "behind a dollar sign"],
    [`a=([${P}]=1)`, "in a subscript, which is evaluated"],
  ];
  for (const [script, place] of places) {
    const line = script.split(P)[0]?.split("\n").length;
    assert.throws(() => rewriteScript(script), {
      code: "config-invalid",
      message: `expected ${P} where its value is plain text to the shell, got it ${place} (line ${line} of the script): "$UROCKET_JSONPAYLOAD" holds the value, to be checked and quoted by hand`,
    });
  }
});

test("a command that would run the value, however it is quoted, may not have it", () => {
  const commands = [
    ...[
      P,
      `"${P}"`,
      `./${P}.sh`,
      `A=b ${P}`,
      `exec ${P}`,
      `command -p ${P}`,
      `nice -n 5 ${P}`,
      `timeout -s KILL 5 ${P}`,
    ],
    ...[
      `eval ${P}`,
      `eval "$(echo ${P})"`,
      `\\eval "${P}"`,
      `trap 'echo ${P}' EXIT`,
      `. ${P}`,
      `source ${P}`,
      `let x=${P}`,
    ],
    ...[`alias a=${P}`, `unset ${P}`, `read ${P}`, `exit ${P}`, `mapfile ${P}`, `set -A ${P} x`],
    ...[`[ ${P} -eq 1 ]`, `[[ -n x && 1 -lt "${P}" ]]`, `test -v ${P}`, `printf %d ${P}`, `printf -v ${P} x`],
    ...[`printf ${P} x`, `printf -- "${P}" x`, `printf "a ${P} %s" ${P}`, `printf "$(cat ${P})" x`],
    ...[`print ${P}`, `print -r "${P}" x`, `print -n "-${P}"`, `print "$(cat ${P})"`],
    ...[`[ ${P} ${P} ]`, `test ! ${P} "${P}"`, `[ x = y -o ${P} ${P} 1 ]`],
    ...[`export ${P}`, `declare "${P}=1"`, `declare -i x=${P}`, `typeset -n x=${P}`, `integer x=${P}`],
    ...[`a[${P}]=1`, `a[1 + ${P}]=2`, `a["${P}"]=1`, `echo >&${P}`, `$(echo ${P})`, `"$(echo "${P}")" x`],
    ...[`sh -c "echo ${P}"`, `find . -exec bash -ec 'echo ${P}' \\;`, `sh ${P}`, `su - me -c "${P}"`, `ssh host ${P}`],
  ];
  const frames = ["%", "if %; then :; fi", "for x in a; do %; done", "for x do %; done", "case a in a) %;; esac"];
  frames.push(
    "f() { %; }",
    "function f { %; }",
    "( % )",
    "x=$(%)",
    "a & %",
    "a |& %",
    "{ %; }",
    "! %",
    "case a in\n(a)\n%\nesac",
  );
  for (const command of commands) {
    for (const frame of frames) {
      const script = frame.replace("%", () => command);
      assert.throws(() => rewriteScript(script), { code: "config-invalid", message: /got it/ }, script);
    }
  }
});

test("a script that shells would read differently, or not at all, gets no placeholder", () => {
  const scripts: [script: string, what: string][] = [
    [`echo "${P}`, "a double quote without its end"],
    [`echo '${P}`, "a single quote without its end"],
    [`echo ${P} \``, "a backtick without its end"],
    [`echo ${P} $(date`, "a parenthesis without its end"],
    [`echo ${P} )`, "a parenthesis without its beginning"],
    [`echo ${P} $((1+2)`, '"((" that does not end in "))"'],
    [`echo ${P} \${x`, 'a "$' + '{" without its end'],
    [`[[ -n ${P}`, "[[ without ]]"],
    [`case ${P} in x) echo`, "a case without its esac"],
    [`cat <<E; echo ${P}`, "a here-document without its body"],
    [`cat <<E\n$(echo)\n`, "a here-document without its end E"],
    [`echo ${P}; cat <<"$x"\n`, "a here-document whose delimiter is not a plain word"],
    [`cat <<E "a\nE\n" ${P}`, "a here-document on a line that goes on in quotes"],
    [`cat <<E $(echo\nE\n) ${P}`, "a here-document on a line that goes on in a substitution"],
    [`echo $[1+1] ${P}`, "the old arithmetic $[...]"],
    [`echo $'\\'' ${P}`, "\\' in $'...', which not every shell knows"],
    [`echo "\${x:-"a"}" ${P}`, "quotes in a quoted parameter expansion"],
    [`echo $((a) | cat) ${P}`, '"((" that does not end in "))"'],
    [`echo $\\\n(date) ${P}`, "a line joined in an operator"],
  ];
  for (const [script, what] of scripts) {
    const expected = `expected a shell script that placeholders can be put into, got ${what} (line `;
    assert.throws(
      () => rewriteScript(script),
      (error: Error) => error.message.startsWith(expected),
      script,
    );
  }
});
