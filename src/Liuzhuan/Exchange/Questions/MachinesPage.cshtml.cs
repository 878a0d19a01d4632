using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.Web;
using Liuzhuan.Registers.Contract;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Liuzhuan.Exchange.Questions;

/// <summary>What the programmer of an agency needs for a first answer: a command to copy, which facts there are, where the contract is, how to check the ledger.</summary>
[Authorize(Policy = Policies.Open)]
internal sealed class MachinesPageModel(FactCatalogue facts, Ledger ledger, IServiceProvider services) : PageModel
{
    public ClientHints? Hints { get; } = services.GetService<ClientHints>();

    public IReadOnlyCollection<FactType> Facts { get; } = facts.All;

    public string LedgerKey { get; } = ledger.Key.ToString();
}
