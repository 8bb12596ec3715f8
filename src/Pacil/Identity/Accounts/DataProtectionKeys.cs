using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Pacil.Data;

namespace Pacil.Identity.Accounts;

/// <summary>
/// Keeps data protection keys in the database: a restarted or another process reads the same cookies.
/// </summary>
internal sealed class DataProtectionKeys(Database database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        database.Read(connection => connection.Query<string>("select xml from data_protection_key"), default)
            .GetAwaiter().GetResult().ConvertAll(XElement.Parse);

    public void StoreElement(XElement element, string friendlyName) =>
        database.Write(Actor.Program, tx => tx.Execute(
            "insert into data_protection_key (xml) values (@Xml)",
            new { Xml = element.ToString(SaveOptions.DisableFormatting) }), default)
            .GetAwaiter().GetResult();
}
