// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/VerbRegistry.h"
#include "app/cli/verbs/BackupVerb.h"
#include "app/cli/verbs/BatchesVerb.h"
#include "app/cli/verbs/ChargesVerb.h"
#include "app/cli/verbs/CoverageVerb.h"
#include "app/cli/verbs/DemoVerb.h"
#include "app/cli/verbs/DiffVerb.h"
#include "app/cli/verbs/ExplainVerb.h"
#include "app/cli/verbs/FindingsVerb.h"
#include "app/cli/verbs/FreshnessVerb.h"
#include "app/cli/verbs/ImportVerb.h"
#include "app/cli/verbs/InitVerb.h"
#include "app/cli/verbs/MapVerb.h"
#include "app/cli/verbs/OrgHistoryVerb.h"
#include "app/cli/verbs/OrgImportVerb.h"
#include "app/cli/verbs/OrgShowVerb.h"
#include "app/cli/verbs/PassphraseVerb.h"
#include "app/cli/verbs/QuarantineVerb.h"
#include "app/cli/verbs/RulesCheckVerb.h"
#include "app/cli/verbs/RulesDiffVerb.h"
#include "app/cli/verbs/RulesListVerb.h"
#include "app/cli/verbs/RulesPreviewVerb.h"
#include "app/cli/verbs/RulesPublishVerb.h"
#include "app/cli/verbs/RulesShowVerb.h"
#include "app/cli/verbs/SpendVerb.h"
#include "app/cli/verbs/ValidateVerb.h"
#include "app/cli/verbs/VerifyVerb.h"

namespace sluice {

namespace {

template <class... Verbs>
void addAll(VerbRegistry& registry)
{
    (registry.add(std::make_unique<Verbs>()), ...);
}

} // namespace

VerbRegistry standardVerbs()
{
    VerbRegistry registry;
    addAll<InitVerb, ImportVerb, ValidateVerb, BatchesVerb, QuarantineVerb, DiffVerb>(registry);
    addAll<SpendVerb, MapVerb, FindingsVerb, CoverageVerb, FreshnessVerb, ChargesVerb, ExplainVerb>(
        registry);
    addAll<OrgImportVerb, OrgShowVerb, OrgHistoryVerb, RulesCheckVerb, RulesPublishVerb,
        RulesListVerb, RulesShowVerb, RulesDiffVerb, RulesPreviewVerb>(registry);
    addAll<VerifyVerb, BackupVerb, PassphraseVerb, DemoVerb>(registry);
    return registry;
}

} // namespace sluice
