using System.Runtime.CompilerServices;

// Locals of the hot loops are always written before they are read; clearing them first would cost a tenth of a row's time.
[module: SkipLocalsInit]
