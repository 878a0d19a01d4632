using System.Globalization;
using Liuzhuan.Platform.Clocks;
using Liuzhuan.Platform.Web;

namespace Liuzhuan.Platform.Notices;

/// <summary>How values stand in notices.</summary>
internal static class NoticeValues
{
    /// <summary>An instant as people in China read it, to the minute; the same in both languages.</summary>
    public static Text Moment(DateTimeOffset instant)
    {
        var words = instant.ToOffset(ChinaTime.Offset).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return new Text(words, words);
    }
}
