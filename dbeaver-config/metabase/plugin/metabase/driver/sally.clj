(ns metabase.driver.sally
  "Sally for Metabase: how to connect, what its types are, and how it counts time."
  (:require [metabase.driver :as driver]
            [metabase.driver.sql-jdbc.connection :as sql-jdbc.conn]
            [metabase.driver.sql-jdbc.sync :as sql-jdbc.sync]
            [metabase.driver.sql.query-processor :as sql.qp]))

(driver/register! :sally, :parent :sql-jdbc)

(defmethod driver/display-name :sally [_] "Sally")

(defmethod sql-jdbc.conn/connection-details->spec :sally
  [_ {:keys [config]}]
  {:classname "io.sally.driver.SallyDriver", :subprotocol "sally", :subname (or config "demo")})

;; What Sally knows about itself is no data.
(defmethod sql-jdbc.sync/excluded-schemas :sally [_] #{"sally"})

(def ^:private base-types
  {:BOOLEAN                            :type/Boolean
   :TINYINT                            :type/Integer
   :SMALLINT                           :type/Integer
   :INTEGER                            :type/Integer
   :BIGINT                             :type/BigInteger
   :DECIMAL                            :type/Decimal
   :REAL                               :type/Float
   :FLOAT                              :type/Float
   :DOUBLE                             :type/Float
   :CHAR                               :type/Text
   :VARCHAR                            :type/Text
   :DATE                               :type/Date
   :TIME                               :type/Time
   :TIMESTAMP                          :type/DateTime
   (keyword "TIMESTAMP WITH TIME ZONE") :type/DateTimeWithTZ
   :UUID                               :type/UUID})

(defmethod sql-jdbc.sync/database-type->base-type :sally
  [_ database-type]
  (get base-types database-type :type/*))

(defmethod sql.qp/current-datetime-honeysql-form :sally [_] [:raw "CURRENT_TIMESTAMP"])

(defmethod sql.qp/add-interval-honeysql-form :sally
  [_ moment amount unit]
  [:timestampadd [:raw (name unit)] [:inline (long amount)] moment])

(doseq [unit [:minute :hour :day :month :quarter :year]]
  (defmethod sql.qp/date [:sally unit]
    [_ _ moment]
    [:date_trunc [:inline (name unit)] moment]))
