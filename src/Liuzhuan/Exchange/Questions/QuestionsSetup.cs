using Liuzhuan.Platform.Api;
using Liuzhuan.Platform.Ledger;
using Liuzhuan.Platform.People.Citizens;
using Liuzhuan.Platform.Signing.Messages;
using Liuzhuan.Platform.Web;
using Liuzhuan.Platform.Web.Shell;
using Liuzhuan.Registers.Contract;

namespace Liuzhuan.Exchange.Questions;

/// <summary>Plugs single questions in: their services and their routes.</summary>
internal static class QuestionsSetup
{
    public static void AddQuestions(this IServiceCollection services)
    {
        services.AddSingleton(new MenuEntry(20, MachineTexts.Menu, "/machines"));
        services.AddSingleton(_ => FactCatalogue.Shipped());
        services.AddSingleton<AppendEntry>(provider => provider.GetRequiredService<Ledger>().AppendAsync);
        services.AddSingleton<FactMatchers>().AddSingleton<IPersonCheck, PersonCheck>().AddSingleton<QuestionDesk>().AddSingleton<AnsweredQuestions>().AddSingleton<AskQuestion>();
        services.AddSingleton(provider => new Forgettable("stored answers", provider.GetRequiredService<AnsweredQuestions>().ForgetAnswersAsync));
        services.AddSingleton(provider => new Forgettable("answered requests", (now, stop) => provider.GetRequiredService<AnsweredQuestions>().ForgetAskedAsync(now - ErasureTime.Doubt - OldestSignature(provider.GetRequiredService<ApiOptions>()), stop)));
    }

    public static void MapQuestions(this IEndpointRouteBuilder routes)
    {
        routes.MapMachine(HttpMethods.Post, "/api/questions", ApiScopes.Questions, QuestionBody.MostBytes, services => services.GetRequiredService<AskQuestion>().HandleAsync, isNonceLogged: true).WithDisplayName("AskQuestion");
        routes.MapGet("/api/facts", (FactCatalogue facts) => TypedResults.Json(facts.All.Select(fact => new { id = fact.Id, zh = fact.Chinese, en = fact.English, name = fact.Name is not null, given = fact.Given, compared = fact.Compared.Where(field => field != fact.Name) })))
            .RequireAuthorization(Policies.Open).MarkForMachines();
    }

    // From here on the gate refuses a signature for its age; the second half is for clocks that are set back.
    private static TimeSpan OldestSignature(ApiOptions options) => (options.SignatureAge + ExchangeSignatures.RequestWithContent.Skew) * 2;
}
