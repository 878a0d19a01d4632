namespace Liuzhuan.Platform.Web;

/// <summary>Commands that ask this service as an agency's machine would, ready to copy; only where a demonstration made them possible.</summary>
/// <param name="Ask">With the product's own command line.</param>
/// <param name="Node">With the example in Node.</param>
/// <param name="Curl">With curl and a client certificate.</param>
internal sealed record ClientHints(string Ask, string Node, string Curl);
