// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/services/ImportService.h"
#include "core/services/OwnershipService.h"

#include <QByteArray>
#include <QString>

namespace sluice::test {

// A small company: bills of September to November 2026, two units, one shared service, refunds.
inline const char* const CompanyOrganisation
    = R"(kind,id,name,parent,owner,roles,scope,cost_centre,unit,category
person,ana,Ana Marsh,,,Finance,,,,
person,bo,Bo Lindqvist,,,Department,search,,,
unit,company,Marlow Group,,ana,,,cc-0,,
unit,search,Search,company,bo,,,cc-1,,
unit,lab,Research Lab,company,ana,,,cc-2,,
cost_centre,cc-0,Head office,,ana,,,,,
cost_centre,cc-1,Product,,bo,,,,,
cost_centre,cc-2,Research,,ana,,,,,
workflow,ranking,Search ranking,,bo,,,,search,product_inference
workflow,answers,Answers,,bo,,,,search,product_inference
workflow,nightly-eval,Nightly evaluation,,ana,,,,lab,evaluation
)";

inline const char* const CompanyRules
    = R"({"name": "Marlow 1", "effective_from": "2026-01-01", "rules": [
  {"id": "large", "when": [{"field": "SkuId", "equals": "in-large"}], "assign": {"model": "Large", "vendor": "Northcloud"}},
  {"id": "small", "when": [{"field": "SkuId", "equals": "in-small"}], "assign": {"model": "Small", "vendor": "Northcloud"}},
  {"id": "ranking", "when": [{"field": "tag:workflow", "equals": "ranking"}], "assign": {"workflow": "ranking", "unit": "search", "category": "product_inference"}},
  {"id": "answers", "when": [{"field": "tag:workflow", "equals": "answers"}], "assign": {"workflow": "answers", "unit": "search", "category": "product_inference"}},
  {"id": "eval", "when": [{"field": "tag:workflow", "equals": "eval"}], "assign": {"workflow": "nightly-eval", "unit": "lab", "category": "evaluation"}},
  {"id": "gpu", "when": [{"field": "ServiceName", "equals": "GPU Hours"}], "assign": {"category": "infrastructure", "unit": "lab", "vendor": "Northcloud"}},
  {"id": "refunds", "when": [{"field": "ServiceName", "equals": "Refunds"}], "assign": {"category": "internal_tools"}},
  {"id": "storage-split", "when": [{"field": "ServiceName", "equals": "Object Storage"}],
    "split": [{"weight": 3, "assign": {"unit": "search", "category": "infrastructure"}}, {"weight": 1, "assign": {"unit": "lab", "category": "infrastructure"}}]}
]})";

inline const char* const BillHeader
    = "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingAccountId,BillingPeriodStart,BillingPeriodEnd,"
      "ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,ServiceCategory,ProviderName,PublisherName,SkuId,InvoiceId,Tags\n";

struct BillRow {
    const char* cost;
    const char* service;
    const char* sku;
    const char* workflow; // null: no tags
    int day{1};
};

// A row of a month of 2026; with an invoice where the month's is issued.
inline QByteArray billRow(int month, const BillRow& row, const char* invoice = "")
{
    const auto instant = [](int m, int d) {
        return QByteArray{"2026-"} + QByteArray::number(m).rightJustified(2, '0') + '-'
            + QByteArray::number(d).rightJustified(2, '0') + "T00:00:00Z,";
    };
    const QByteArray cost{row.cost};
    const QByteArray list = cost.startsWith('-')
        ? cost
        : QByteArray{cost}.append(row.sku == QByteArray{"in-large"} ? "5" : "");
    const QByteArray tags = row.workflow
        ? R"("{""workflow"": "")" + QByteArray{row.workflow} + R"(""}")"
        : QByteArray{};
    return cost + ',' + cost + ',' + list + ',' + cost + ",USD,1000," + instant(month, 1)
        + instant(month + 1, 1) + instant(month, row.day) + instant(month, row.day + 1)
        + (cost.startsWith('-') ? "Credit," : "Usage,") + row.service
        + ",AI and Machine Learning,Northcloud,Northcloud," + row.sku + ',' + invoice + ',' + tags
        + '\n';
}

inline QByteArray companyBill(int month, const char* invoice = "")
{
    QByteArray text{BillHeader};
    for (const BillRow& row : {BillRow{"400.5", "Inference", "in-large", "ranking", 3},
             {"120.25", "Inference", "in-small", "ranking", 4},
             {"250.75", "Inference", "in-large", "answers", 5},
             {"80.5", "Inference", "in-small", "eval", 6},
             {"310.25", "GPU Hours", "gpu", nullptr, 7},
             {"100.00", "Object Storage", "store", nullptr, 8},
             {"55.5", "Mystery", "m-1", nullptr, 9}, {"-20.5", "Refunds", "refund", nullptr, 10}})
        text += billRow(month, row, invoice);
    return text;
}

// Imports a bill's text as a file of that name.
inline void importText(Workspace& workspace, const std::string& name, const QByteArray& text)
{
    ImportRequest request;
    request.inMemory.push_back({name, std::make_shared<const std::string>(text.toStdString())});
    const auto report = ImportService{workspace}.import(request, Principal::owner(), {});
    if (!report.ok())
        qFatal("%s", errorSentence(report.error()).c_str());
}

// October is invoiced, November runs to the 10th.
inline void fillCompany(Workspace& workspace)
{
    OwnershipService ownership{workspace};
    const auto organisation = ownership.importOrganisation(
        CompanyOrganisation, "organisation.csv", Principal::owner(), {});
    if (!organisation.ok())
        qFatal("%s", errorSentence(organisation.error()).c_str());
    const auto rules = ownership.publishRuleset(
        CompanyRules, "rules.json", std::nullopt, Principal::owner(), {});
    if (!rules.ok())
        qFatal("%s", errorSentence(rules.error()).c_str());
    importText(workspace, "september.csv", companyBill(9, "INV-9"));
    importText(workspace, "october.csv", companyBill(10, "INV-10"));
    importText(workspace, "november.csv", companyBill(11));
}

} // namespace sluice::test
