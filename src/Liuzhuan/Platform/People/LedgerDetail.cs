using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Liuzhuan.Platform.People;

/// <summary>How details of entries are written: on one line, Chinese as it is, nothing said of what is absent.</summary>
internal static class LedgerDetail
{
    public static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static byte[] Of(object detail) => JsonSerializer.SerializeToUtf8Bytes(detail, Compact);
}
