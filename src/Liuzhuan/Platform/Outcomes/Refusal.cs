namespace Liuzhuan.Platform.Outcomes;

/// <summary>A foreseen "no": a stable code for machines, and a sentence in both languages that names cause, place and remedy.</summary>
/// <param name="Code">Stable text, for example <c>input.no-header</c>.</param>
/// <param name="Chinese">The sentence in Simplified Chinese.</param>
/// <param name="English">The same sentence in English.</param>
/// <param name="Status">The HTTP status that carries it on the web; on the command line every refusal is exit code 2.</param>
public sealed record Refusal(string Code, string Chinese, string English, int Status = StatusCodes.Status400BadRequest)
{
    /// <summary>The sentence in <paramref name="language"/> ("en", or anything else for Chinese).</summary>
    public string In(string language) => language == "en" ? English : Chinese;
}
