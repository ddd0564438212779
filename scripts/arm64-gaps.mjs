/** Tests that qemu's user emulation can't pass: title, and what it lacks. */
export const EMULATION_GAPS = [
  [
    "every signal that ends a process arrives by its name, real-time ones too",
    "qemu gives the real-time signals other numbers, for it needs some itself",
  ],
];
