using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Pacil.Data;

namespace Pacil.Identity.Accounts;

/// <summary>
/// Stores data protection keys in the database, so that existing cookies stay readable after a restart and in other
/// processes.
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
