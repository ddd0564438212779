/** What a look into /proc gives; undefined where the process or thread has ended meanwhile. */
export function ignoringGone<Value>(look: () => Value): Value | undefined {
  try {
    return look();
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}
