// SPDX-License-Identifier: MIT
// What every program costs before it does anything.
int main() {}
