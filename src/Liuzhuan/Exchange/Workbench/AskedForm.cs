using System.Globalization;
using Liuzhuan.Matching;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Data;
using Liuzhuan.Platform.Outcomes;
using Liuzhuan.Platform.People.Forms;

namespace Liuzhuan.Exchange.Workbench;

/// <summary>What is kept, sealed, of an answered form of the window: the bits of the verdict and the instant of the data, and nothing of the person.</summary>
internal static class AskedForm
{
    // All verdicts are of one length: sealed, they still show it.
    public static string Write(AnswerCore core, DateTimeOffset asOf) => string.Create(CultureInfo.InvariantCulture, $"{core.Bits:x16} {Instants.ToMicroseconds(asOf)}");

    public static (AnswerCore Core, DateTimeOffset AsOf) Read(string written) =>
        written.Split(' ') is [var bits, var asOf]
            ? (new AnswerCore(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture)), Instants.FromMicroseconds(long.Parse(asOf, CultureInfo.InvariantCulture)))
            : throw new FormatException("A kept verdict has two parts.");

    /// <summary>The form was answered too long ago for its answer to be shown again.</summary>
    public static Refusal Long(DoneForm done)
    {
        var at = ChinaTime.TimeOf(done.At).ToString("HH:mm", CultureInfo.InvariantCulture);
        return new("desk.asked-before",
            $"这张表单已于 {at} 核验过（账本第 {done.Position} 条），没有再查。确有需要请再按一次“核验”，会另记一次。",
            $"This form was verified at {at} (ledger entry {done.Position}); nobody was looked up again. If it is needed, press \"Verify\" once more: that is logged as another look.", StatusCodes.Status409Conflict);
    }
}
