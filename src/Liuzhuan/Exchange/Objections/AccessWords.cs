using Liuzhuan.Directories.Contract;
using Liuzhuan.Platform.Ledger.Accesses;
using Liuzhuan.Platform.People;
using Liuzhuan.Platform.Permissions;
using Liuzhuan.Platform.Web;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Exchange.Objections;

/// <summary>Puts the codes of an access into the words in which the person reads it. What is no code of ours stands as it was logged.</summary>
internal sealed class AccessWords(FactCatalogue facts, Permissions permissions, DirectoryShelf directory)
{
    /// <summary>How a look at one's own list is logged: who looked, and what was looked at.</summary>
    public const string Self = "本人", List = "accesses";

    /// <summary>With an officer's help at a window.</summary>
    public const string SelfAtWindow = "本人（窗口协助）";

    /// <summary>Somebody who acts for the person; at a window, because nobody can elsewhere.</summary>
    public const string ProxyAtWindow = "代办人（窗口协助）";

    private const string WholeRegister = "person";

    /// <summary>Somebody who looks at the list of the citizen whose matters they see.</summary>
    public static Looker Of(Actor actor) => new(actor.Id, actor.ActsFor is not null ? ProxyAtWindow : actor.AssistedBy is not null ? SelfAtWindow : Self, actor.AssistedBy, actor.ActsFor);

    /// <summary>The person themselves looked, alone or helped. What a proxy saw can be objected to like any other access.</summary>
    public static bool IsOwnLook(AccessItem item) => item.Fact == List && item.Agency is Self or SelfAtWindow;

    /// <summary>
    /// Who looked. Of a machine the credit code of its agency was logged, which stays while names change: it is told by the name it has now, and as it stands where the directory has none.
    /// What was done on the server's command line was done by whoever runs the system.
    /// </summary>
    public async Task<Func<string, Text>> AgenciesAsync(CancellationToken stop)
    {
        var book = await directory.LoadAsync(stop);
        return logged => logged switch
        {
            Self => ObjectionTexts.Yourself,
            SelfAtWindow => ObjectionTexts.YourselfAtWindow,
            ProxyAtWindow => ObjectionTexts.ProxyAtWindow,
            _ when logged.StartsWith("operator/", StringComparison.Ordinal) => ObjectionTexts.Operator,
            _ => book.Agencies.GetValueOrDefault(logged)?.Name ?? new Text(logged, logged),
        };
    }

    /// <summary>Why. Agencies' machines ask under codes that their agreement names, which may be none of ours; what an operator typed are words already.</summary>
    public Text Purpose(string code) => permissions.FindPurpose(code)?.Name ?? (code == DemoMode.Purpose ? ObjectionTexts.Demonstration : IsCode(code) ? new Text($"代码为 {code} 的用途", $"a purpose under the code {code}") : new Text(code, code));

    /// <summary>What was asked; several facts are joined by a comma.</summary>
    public Text Facts(string codes)
    {
        var all = codes.Split(',').Select(Fact).ToList();
        return new Text(string.Join('、', all.Select(one => one.Zh)), string.Join(", ", all.Select(one => one.En)));
    }

    private static bool IsCode(string text) => text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private Text Fact(string code) => code switch
    {
        List => ObjectionTexts.TheList,
        WholeRegister => ObjectionTexts.WholeRegister,
        _ when facts.Find(code) is { } fact => new Text(fact.Chinese, fact.English),
        _ => !IsCode(code) ? new Text(code, code) : new Text($"其他事项（{code}）", $"another fact ({code})"),
    };
}
